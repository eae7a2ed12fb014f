"""Where the model is trained, and in which precision."""

from __future__ import annotations

from pathlib import Path

import torch

BF16_FLAGS = {"amx_bf16", "avx512_bf16"}
"""Processor features that make 16-bit products faster than 32-bit ones."""


def choose_device() -> torch.device:
    """Take the GPU where there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def choose_precision(device: torch.device) -> torch.dtype:
    """Take bfloat16 where the hardware multiplies it fast: GPUs and processors with AMX or AVX-512 BF16."""
    if device.type == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float32
    flags = Path("/proc/cpuinfo")
    if flags.is_file() and BF16_FLAGS & set(flags.read_text(encoding="utf-8", errors="replace").split()):
        return torch.bfloat16
    return torch.float32
