"""Reading a judge from its folder."""

from pathlib import Path

from sandbox.domain.judging import Judge
from sandbox.errors import FileError
from sandbox.storage.yaml_file import read_yaml


def read_judge(folder: Path) -> Judge:
    """The judge of a folder.

    Raises:
        FileError: its file is malformed, or it has another name than the folder.
    """
    path = folder / "judge.yaml"
    judge = read_yaml(path, Judge)
    if judge.name != folder.name:
        raise FileError(path, f"name should be '{folder.name}', as the folder's.")
    return judge
