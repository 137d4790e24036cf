"""What every store does so that two processes do not make one evaluation, and pay for it twice."""

from sandbox.errors import BusyError
from sandbox.testing.conformance import expect
from sandbox.testing.stores.other_process import claim_and_die, claims_elsewhere
from sandbox.testing.stores.sharing import OpenedStore, new_folder

_ODD = "../a/b: ü*?" + "x" * 200


class ClaimConformance(OpenedStore):
    """What a store does when an evaluation is claimed."""

    def test_a_claim_keeps_other_processes_off(self) -> None:
        """As long as it lasts, and from this evaluation only."""
        with new_folder() as folder, self.open(folder) as store:
            with store.claim("one"):
                expect(
                    not claims_elsewhere(self.open, folder, "one"),
                    "Two processes claim one evaluation at a time. Take a lock that others see.",
                )
                expect(
                    claims_elsewhere(self.open, folder, "two"),
                    "While one evaluation is claimed another one cannot be. Take a lock for each.",
                )
            expect(
                claims_elsewhere(self.open, folder, "one"),
                "After the block nobody else can claim the evaluation.",
            )

    def test_a_claim_holds_inside_its_process_too(self) -> None:
        """Two stores of one process are two who claim; the error says which evaluation it is."""
        said = ""
        with new_folder() as folder, self.open(folder) as store, self.open(folder) as other:
            for name in ("one", _ODD):
                with store.claim(name):
                    try:
                        with other.claim(name):
                            pass
                    except BusyError as cause:
                        said = str(cause)
                    expect(name in said, f"'{name[:9]}' was claimed twice, or no BusyError names it.")
                with other.claim(name):
                    pass

    def test_a_claim_ends_with_its_process(self) -> None:
        """However it ends: nobody has to delete a file by hand after a power cut."""
        with new_folder() as folder:
            with self.open(folder):
                pass
            claim_and_die(self.open, folder, "one")
            with self.open(folder) as store:
                is_free = True
                try:
                    with store.claim("one"):
                        pass
                except BusyError:
                    is_free = False
        expect(
            is_free,
            "A process that claimed an evaluation was killed, and the claim is still there. Take a lock "
            "that the system releases.",
        )
