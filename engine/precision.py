"""Which number format is worth using where."""
import torch


def has_bfloat16(device: torch.device) -> bool:
    """Whether bfloat16 is worth using: a processor that only imitates it is far slower with it than with float32."""
    return device.type != "cpu" or torch.cpu.get_capabilities().get("avx512_bf16", False)
