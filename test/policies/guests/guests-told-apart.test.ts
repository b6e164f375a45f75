import assert from "node:assert/strict";
import { guestOsSupported } from "../../../policies/guests/guest-os-supported";
import { host, judge, vm } from "../../kit";

/** What is found of a guest in generation 2 on a host, and what stays undecided. */
function judged(guestOs: string, operatingSystem: string) {
  const { findings, advisory, undecided } = judge(guestOsSupported, [
    host("hv1", { operatingSystem }),
    vm("vm1", { host: "hv1", guestOs, generation: 2 }),
  ]);
  return { blocking: findings.length - advisory.length, advice: advisory.length, undecided };
}

describe("guests that a row without a release or a kernel is not about", () => {
  for (const guestOs of ["Oracle Linux 6.10 RHCK", "Oracle Linux 7.6 RHCK", "Oracle Linux 7.4 UEK R4"]) {
    it(`B4: ${guestOs} boots with UEFI on Windows Server 2012 R2 to 2019`, () => {
      for (const version of ["2012 R2", "2016", "2019"]) {
        assert.deepEqual(
          judged(guestOs, `Windows Server ${version}`),
          { blocking: 0, advice: 0, undecided: [] },
          version,
        );
      }
    });
  }

  for (const guestOs of ["Oracle Linux 7.6", "Oracle Linux 10", "openSUSE", "openSUSE Leap"]) {
    it(`B4: ${guestOs} is never stopped in generation 2`, () => {
      for (const version of ["Windows Server 2012 R2", "Windows Server 2019", "Windows Server 2025", "Azure Local"]) {
        assert.equal(judged(guestOs, version).blocking, 0, version);
      }
    });
  }

  it("B4: openSUSE whose release decides is undecided", () => {
    assert.deepEqual(judged("openSUSE", "Windows Server 2019").undecided, [
      "vm1: the release in guestOs is not declared: not checked by guest-os-supported.",
    ]);
  });

  it("B4: a guest that is listed for generation 1 alone is found", () => {
    assert.equal(judged("Windows Server 2008 R2 SP1", "Windows Server 2019").blocking, 1);
  });

  it("B11: Windows Server 2025 on Azure Stack HCI 22H2, which has the build of Windows Server 2022", () => {
    for (const version of ["Azure Stack HCI 22H2", "Azure Stack HCI", "Windows Server 2022"]) {
      assert.deepEqual(judged("Windows Server 2025", version), { blocking: 0, advice: 0, undecided: [] }, version);
    }
  });

  it("B11: Windows Server 2025 on hosts before that build is found", () => {
    for (const version of ["Windows Server 2019", "Windows Server 2016"]) {
      const { blocking, advice } = judged("Windows Server 2025", version);
      assert.equal(blocking + advice, 1, version);
    }
  });
});
