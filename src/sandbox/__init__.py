"""Find out whether a prompt is safe and sound teaching before a school adopts it.

The names are listed in `__init__.pyi`; each is imported when it is first used, so that `import sandbox` and
`sandbox --help` are quick.
"""

import lazy_loader

from sandbox.version import VERSION

__version__ = VERSION

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
