import { describe, expect, it } from 'vitest';
import { toyManifest, imageBytes, SIDE } from '../../toy-onnx.js';
import { inferAnswer, inferQuestion, largestAnswerBytes } from './infer-message.js';

const image = (level: number) => new Uint8Array(imageBytes).fill(level);
const asked = { model: 'toy', version: '1' };

describe('a question', () => {
  it('carries the images as they are, after a header of the length it states', () => {
    const { headers, body } = inferQuestion(toyManifest, [image(3), image(7)], { binary: true });
    const [header, ...rest] = body;
    expect(headers['inference-header-content-length']).toBe(String(header!.length));
    expect(JSON.parse(Buffer.from(header!).toString())).toEqual({
      inputs: [
        {
          ...{ name: 'image', datatype: 'UINT8', shape: [2, SIDE, SIDE, 3] },
          parameters: { binary_data_size: 2 * imageBytes },
        },
      ],
      outputs: [
        { name: 'mask_probability', parameters: { binary_data: true } },
        { name: 'scores', parameters: { binary_data: true } },
      ],
    });
    expect(rest.map(([level]) => level)).toEqual([3, 7]);
  });

  it('writes every byte as a number for engines that take no bytes', () => {
    const { headers, body } = inferQuestion(toyManifest, [image(3), image(7)], { binary: false });
    expect(headers).toEqual({ 'content-type': 'application/json' });
    const { inputs, outputs } = JSON.parse(Buffer.concat(body).toString()) as {
      inputs: { data: number[] }[];
      outputs: unknown;
    };
    expect(inputs[0]!.data).toEqual([...image(3), ...image(7)]);
    expect(outputs).toEqual([{ name: 'mask_probability' }, { name: 'scores' }]);
  });
});

interface Tensor {
  name: string;
  shape: number[];
  values: number[];
}

/** An answer as the binary extension has it: JSON, then the tensors one after another. */
function binaryAnswer(
  tensors: Tensor[],
  changes: (header: Record<string, any>) => void = () => {},
) {
  const header: Record<string, any> = {
    ...{ model_name: 'toy', model_version: '1' },
    outputs: tensors.map(({ name, shape, values }) => ({
      ...{ name, datatype: 'FP32', shape },
      parameters: { binary_data_size: 4 * values.length },
    })),
  };
  changes(header);
  const json = Buffer.from(JSON.stringify(header));
  const bytes = tensors.map(({ values }) => Buffer.from(Float32Array.from(values).buffer));
  return {
    status: 200,
    headers: { 'inference-header-content-length': String(json.length) },
    body: Buffer.concat([json, ...bytes]),
  };
}
const jsonAnswer = (outputs: unknown, rest: object = {}) => ({
  status: 200,
  headers: {},
  body: Buffer.from(JSON.stringify({ model_name: 'toy', model_version: '1', outputs, ...rest })),
});
const tensors = [
  { name: 'a', shape: [2, 2], values: [0.125, 0.25, 0.5, 1] },
  { name: 'b', shape: [2, 1], values: [0, 0.75] },
];

describe('an answer', () => {
  it('is read alike as bytes, as flat and as nested numbers', () => {
    const nested = [
      {
        name: 'a',
        datatype: 'FP32',
        shape: [2, 2],
        data: [
          [0.125, 0.25],
          [0.5, 1],
        ],
      },
      { name: 'b', datatype: 'FP32', shape: ['2', '1'], data: [0, 0.75] },
    ];
    for (const answer of [binaryAnswer(tensors), jsonAnswer(nested)]) {
      expect(inferAnswer(answer, 2, asked)).toEqual({
        count: 2,
        outputs: {
          a: { values: Float32Array.of(0.125, 0.25, 0.5, 1), dims: [2, 2] },
          b: { values: Float32Array.of(0, 0.75), dims: [2, 1] },
        },
      });
    }
  });

  it('need not say which version it is of', () => {
    const one = [{ name: 'b', datatype: 'FP32', shape: [1], data: [1] }];
    for (const model_version of [null, undefined, '1']) {
      expect(inferAnswer(jsonAnswer(one, { model_version }), 1, asked).count).toBe(1);
    }
  });

  const wrong = (
    where: string,
    answer: Parameters<typeof inferAnswer>[0],
    code = 'ANSWER_INVALID',
  ) => {
    expect(() => inferAnswer(answer, 2, asked)).toThrow(expect.objectContaining({ code, where }));
  };
  it('is refused where another model or version gave it', () => {
    for (const change of [{ model_version: '2' }, { model_name: 'other' }]) {
      const answer = binaryAnswer(tensors, (header) => Object.assign(header, change));
      wrong('model_version', answer, 'CHANGED');
    }
  });

  it('is refused where its bytes are not those of its shapes', () => {
    const sized = (size: number) =>
      binaryAnswer(tensors, (header) => {
        header['outputs'][1].parameters.binary_data_size = size;
      });
    wrong('outputs.b', sized(4));
    wrong('outputs.b', sized(12));
    wrong(
      'outputs.a',
      binaryAnswer(tensors, (header) => (header['outputs'][0].shape = [3, 2])),
    );
    const whole = binaryAnswer(tensors);
    wrong('outputs.b', { ...whole, body: whole.body.subarray(0, -1) });
    wrong('outputs', { ...whole, body: Buffer.concat([whole.body, Buffer.alloc(4)]) });
  });

  it('is refused where it is not of the protocol', () => {
    const whole = binaryAnswer(tensors);
    const length = (value: string) => ({
      ...whole,
      headers: { 'inference-header-content-length': value },
    });
    for (const value of ['99999', '-1', 'x'])
      wrong('Inference-Header-Content-Length', length(value));
    wrong('body', length('10'));
    wrong('body', { ...whole, headers: {} });
    wrong('outputs', jsonAnswer(undefined));
    const output = { name: 'b', datatype: 'FP32', shape: [2] };
    wrong('outputs.b.datatype', jsonAnswer([{ ...output, datatype: 'FP64', data: [0, 1] }]));
    wrong('outputs.b', jsonAnswer([{ ...output, data: [0] }]));
    wrong('outputs.b', jsonAnswer([{ ...output, data: [0, null] }]));
    wrong('outputs.b', jsonAnswer([{ ...output, data: [0, '1'] }]));
    wrong('outputs.b', jsonAnswer([output]));
  });

  it('is never longer than its masks and scores can be', () => {
    const bytes = largestAnswerBytes(toyManifest, 2, { binary: true });
    expect(bytes).toBeGreaterThan(2 * 4 * (SIDE * SIDE + 2));
    expect(bytes).toBeLessThan(100_000);
    expect(largestAnswerBytes(toyManifest, 2, { binary: false })).toBeGreaterThan(bytes);
  });
});
