"""Serves an ONNX file on the CPU: what Triton's Python backend runs for each model of the tests."""

import json
import os

import numpy
import onnxruntime
import triton_python_backend_utils as triton


class TritonPythonModel:
    """The class that Triton looks for, by this name."""

    def initialize(self, args):
        config = json.loads(args["model_config"])
        self.input = config["input"][0]["name"]
        self.outputs = [output["name"] for output in config["output"]]
        file = os.path.join(args["model_repository"], args["model_version"], "model.onnx")
        self.session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])

    def execute(self, requests):
        return [self.answer(request) for request in requests]

    def answer(self, request):
        images = triton.get_input_tensor_by_name(request, self.input).as_numpy()
        try:
            # One by one, as the worker's own sessions do on a CPU.
            runs = [self.session.run(self.outputs, {self.input: images[i : i + 1]}) for i in range(len(images))]
        except Exception as fault:
            return triton.InferenceResponse([], triton.TritonError(str(fault)))
        answers = zip(self.outputs, zip(*runs))
        return triton.InferenceResponse(
            [triton.Tensor(name, numpy.concatenate(values)) for name, values in answers]
        )
