"""What every encoder has in common."""

from __future__ import annotations

from torch import Tensor, nn

STRIDES = (4, 8, 16, 32)


class Encoder(nn.Module):
    """Gives the features of the strides 4, 8, 16 and 32, of `channels`. Input: [n, 3, h, w] in [-1, 1], h and
    w multiples of 32."""

    channels: tuple[int, ...]
    frozen_blocks = 0

    def forward(self, images: Tensor) -> list[Tensor]:
        raise NotImplementedError

    def first_blocks(self, count: int) -> list[nn.Module]:
        """The first `count` blocks and what comes before them."""
        raise NotImplementedError

    def freeze(self, blocks: int) -> None:
        """Keeps the first `blocks` blocks and what comes before them, norms included, as they are; 0 keeps
        nothing. Edges and colours look the same in any photographs, and large features cost most of a
        step."""
        self.frozen_blocks = blocks
        for part in self._frozen_parts():
            part.requires_grad_(False)
        self.train(self.training)

    def train(self, mode: bool = True) -> Encoder:
        super().train(mode)
        for part in self._frozen_parts():
            part.eval()
        return self

    def _frozen_parts(self) -> list[nn.Module]:
        return self.first_blocks(self.frozen_blocks) if self.frozen_blocks else []
