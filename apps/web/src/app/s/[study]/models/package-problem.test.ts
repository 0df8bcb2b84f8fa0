import { expect, it } from 'vitest';
import { failedChecks } from './failed-checks';
import { packageProblem } from './package-problem';

it('accepts a whole package, with a card or without, whatever else lies in it', () => {
  expect(packageProblem(['manifest.json', 'model.onnx'])).toBeUndefined();
  expect(
    packageProblem(['manifest.json', 'model.onnx', 'MODEL_CARD.md', 'notes.txt']),
  ).toBeUndefined();
});

it('names each file that is missing', () => {
  expect(packageProblem(['model.onnx', 'MODEL_CARD.md'])).toMatch(/: manifest\.json is missing\.$/);
  expect(packageProblem(['manifest.json'])).toMatch(/: the ONNX file is missing\.$/);
  expect(packageProblem(['notes.txt'])).toMatch(
    /: manifest\.json and the ONNX file are missing\.$/,
  );
});

it('reads the checks of a refusal, and nothing where it has none', () => {
  const check = { name: 'hash', title: 'File hash', passed: false, detail: 'differs' };
  expect(failedChecks({ code: 'INVALID_INPUT', checks: [check, 'odd', null] })).toEqual([check]);
  expect(failedChecks({ code: 'INVALID_INPUT' })).toBeUndefined();
  expect(failedChecks(undefined)).toBeUndefined();
});
