import assert from "node:assert/strict";
import { exchangeTable } from "../../../lib/tables/exchange";
import { resolveHostVersion } from "../../../lib/tables/host-versions";
import {
  endOfExchangeSupport,
  endOfHostSupport,
  endOfSupport,
  endOfVmmSupport,
  lifecycle,
} from "../../../lib/tables/lifecycle";
import { vmmVersions } from "../../../lib/tables/vmm-ports";
import { guest, lines, resolved } from "./kit";

// Typed from Microsoft's lifecycle pages, and the first two from the article.
const PAGES = lines(`
| Windows 2000 Server                  | 2010-07-13 | quoted |
| Windows XP with Service Pack 2 (x86) | 2010-07-13 | quoted |
| Windows XP                           | 2005-08-30 | official |
| Windows XP SP1                       | 2006-10-10 | official |
| Windows XP SP2 x64                   | 2014-04-08 | derived |
| Windows XP SP3                       | 2014-04-08 | official |
| Windows 2000 Professional            | 2010-07-13 | unverified |
| Windows Server 2003                  | 2007-04-10 | official |
| Windows Server 2003 SP1              | 2009-04-14 | official |
| Windows Server 2003 SP2              | 2015-07-14 | official |
| Windows Server 2003 R2               | 2009-04-14 | official |
| Windows Server 2003 R2 SP2           | 2015-07-14 | official |
| Windows Server 2008                  | 2011-07-12 | official |
| Windows Server 2008 SP2              | 2020-01-14 | official |
| Windows Server 2008 R2               | 2013-04-09 | official |
| Windows Server 2008 R2 SP1           | 2020-01-14 | official |
| Windows Server 2012                  | 2023-10-10 | official |
| Windows Server 2012 R2               | 2023-10-10 | official |
| Windows Server 2016                  | 2027-01-12 | official |
| Windows Server 2019                  | 2029-01-09 | official |
| Windows Server 2022                  | 2031-10-14 | official |
| Windows Server 2025                  | 2034-11-14 | secondary |
| Windows Server, version 1709         | 2019-04-09 | official |
| Windows Server, version 1803         | 2019-11-12 | official |
| Windows Server, version 1809         | 2020-11-10 | official |
| Windows Server, version 1903         | 2020-12-08 | official |
| Windows Server, version 1909         | 2021-05-11 | official |
| Windows Server, version 2004         | 2021-12-14 | official |
| Windows Server, version 20H2         | 2022-08-09 | official |
| Windows Storage Server 2008 R2       | 2013-04-09 | official |
| Windows Storage Server 2008 R2 SP1   | 2020-01-14 | official |
| Windows Storage Server 2012 R2       | 2023-10-10 | official |
| Windows Small Business Server 2008   | 2020-01-14 | official |
| Windows Small Business Server 2011   | 2020-01-14 | unverified |
| Windows Essential Business Server 2008 | 2020-01-14 | official |
| Windows Home Server                  | 2013-01-08 | official |
| Windows Home Server 2011             | 2016-04-12 | official |
| Windows Vista                        | 2010-04-13 | official |
| Windows Vista SP1                    | 2011-07-12 | official |
| Windows Vista SP2                    | 2017-04-11 | official |
| Windows 7                            | 2013-04-09 | official |
| Windows 7 SP1                        | 2020-01-14 | official |
| Windows 8                            | 2016-01-12 | official |
| Windows 8.1                          | 2023-01-10 | official |
| Windows 10                           | 2025-10-14 | official |
| Azure Stack HCI 20H2                 | 2022-12-13 | secondary |
| Azure Stack HCI 21H2                 | 2023-11-14 | secondary |
| Azure Stack HCI                      | 2025-05-31 | blog |
| Windows Server, version 23H2         | 2025-10-24 | secondary |
| Windows Storage Server 2016          | 2027-01-12 | official |
| Windows Storage Server 2019          | 2029-01-09 | derived |
| Windows 10 IoT Enterprise            | 2025-10-14 | official |
| Windows 10 Enterprise LTSB 2015      | 2025-10-14 | derived |
| Windows 10 Enterprise LTSB 2016      | 2026-10-13 | official |
| Windows 10 Enterprise LTSC 2019      | 2029-01-09 | secondary |
| Windows 10 Enterprise LTSC 2021      | 2027-01-12 | official |
| Windows 10 IoT Enterprise LTSC 2021  | 2032-01-13 | official |
| Windows 11 Home, version 21H2        | 2023-10-10 | secondary |
| Windows 11 Enterprise 21H2           | 2024-10-08 | secondary |
| Windows 11 Pro 22H2                  | 2024-10-08 | secondary |
| Windows 11 Education 22H2            | 2025-10-14 | secondary |
| Windows 11 Pro 23H2                  | 2025-11-11 | secondary |
| Windows 11 Enterprise 23H2           | 2026-11-10 | secondary |
| Windows 11 Pro 24H2                  | 2026-10-13 | secondary |
| Windows 11 Enterprise 24H2           | 2027-10-12 | secondary |
| Windows 11 Pro 25H2                  | 2027-10-12 | secondary |
| Windows 11 Enterprise 25H2           | 2028-10-10 | secondary |
| Windows 11 Home 26H1                 | 2028-03-14 | secondary |
| Windows 11 Enterprise 26H1           | 2029-03-13 | secondary |
| Windows 11 Enterprise LTSC 2024      | 2029-10-09 | unverified |
| Windows 11 IoT Enterprise LTSC 2024  | 2034-10-10 | unverified |
`);

// Typed from the dates that vendors give.
const VENDORS = lines(`
| RHEL | 5.11 2017-03-31, 6.10 2020-11-30, 7.9 2024-06-30, 8.10 2029-05-31, 9.4 2032-05-31 |
| CentOS | 5.5 2017-03-31, 6.10 2020-11-30, 7.9 2024-06-30, 8 2024-05-31, 9 2027-05-31, 10 2030-01-01 |
| Oracle Linux | 6.10 2021-03-01, 7.9 2024-12-01, 8.5 2029-07-01, 9 2032-06-30 |
| SLES | 10 2007-12-31, 10.1 2008-11-30, 10.2 2010-04-11, 10.3 2011-10-11, 10.4 2013-07-31, 11 2010-12-31, 11.1 2012-08-31, 11.2 2014-01-31, 11.3 2016-01-31, 11.4 2019-03-31, 12 2016-06-30, 12.1 2017-05-31, 12.2 2018-03-31, 12.3 2019-06-30, 12.4 2020-06-30, 12.5 2024-10-31, 15.1 2021-01-31, 15.2 2021-12-31, 15.3 2022-12-31, 15.4 2023-12-31, 15.5 2024-12-31, 15.6 2025-12-31 |
| openSUSE | 12.3 2015-01-29, 13.1 2016-02-03, 13.2 2017-01-17, 42.1 2017-05-17, 42.2 2018-01-26, 42.3 2019-07-01, 15.0 2019-12-03, 15.1 2021-02-02, 15.2 2022-01-04, 15.3 2022-12-31, 15.4 2023-12-07, 15.5 2024-12-31, 15.6 2026-04-30, 16.0 2027-10-31 |
| Ubuntu | 12.04.5 2017-04-28, 14.04 2019-04-02, 16.04 2021-04-02, 18.04 2023-05-31, 18.10 2019-07-18, 19.04 2020-01-23, 19.10 2020-07-06, 20.04 2025-05-31, 20.10 2021-07-22, 21.04 2022-01-20, 21.10 2022-07-14, 22.04.4 2027-04-01, 22.10 2023-07-20, 23.04 2024-01-20, 23.10 2024-07-12, 24.04 2029-05-31, 24.10 2025-07-10, 25.04 2026-01-17, 25.10 2026-07-01, 26.04 2031-04-30 |
| Debian | 7 2018-05-31, 8 2020-06-30, 9 2022-07-01, 10 2024-06-30, 11 2026-08-31, 12 2028-06-10 |
| Rocky Linux | 8 2029-05-31, 9.4 2032-05-31 |
| AlmaLinux | 8 2029-03-01, 9.4 2032-05-31, 10 2035-05-31 |
| FreeBSD | 8.4 2015-08-01, 9.3 2016-12-31, 10.3 2018-10-31, 11.4 2021-09-30, 12.4 2023-12-31, 13.5 2026-04-30, 14.3 2028-11-30, 15.0 2029-12-31 |
`).flatMap(([product = "", all = ""]) =>
  all.split(", ").map((one): readonly [string, string | undefined] => {
    const [release = "", date] = one.split(" ");
    return [`${product} ${release}`, date];
  }),
);

describe("end of support", () => {
  for (const [name = "", date, confidence] of PAGES) {
    it(`${name}: ${date ?? ""}`, () => {
      const found = endOfSupport(guest(name));
      assert.deepEqual([found?.date, found?.confidence], [date, confidence]);
    });
  }

  for (const [name, date] of VENDORS) {
    it(`${name}: ${date ?? ""}`, () => {
      assert.equal(endOfSupport(guest(name))?.date, date);
    });
  }

  it("has no other rows", () => {
    const known = new Set([...PAGES, ...VENDORS].map(([name = ""]) => endOfSupport(guest(name))));
    assert.equal(known.size, lifecycle().length);
  });

  it("is the latest day where the declaration leaves open which one it is", () => {
    assert.equal(endOfSupport(guest("Windows XP SP2"))?.date, "2014-04-08");
  });

  it("is not known for what no row tells", () => {
    const untold = ["Windows 11 31H2", "RHEL 10", "SLES 15", "Windows 10 Enterprise LTSC", "Azure Local", "Haiku R1"];
    for (const name of untold) assert.equal(endOfSupport(guest(name)), undefined, name);
  });

  it("of half-years is that of the release, and the latest one where none is told", () => {
    assert.equal(endOfSupport(guest("Windows 11 24H2"))?.date, "2027-10-12");
    assert.equal(endOfSupport(guest("Windows 11"))?.date, "2029-03-13");
  });

  it("has the last day of the updates that are sold after it", () => {
    const until = (name: string): string | undefined => endOfSupport(guest(name))?.extendedUpdates?.until;
    assert.equal(until("Windows Server 2008 SP2"), "2023-01-10");
    assert.equal(until("Windows Server 2008 R2 SP1"), "2023-01-10");
    assert.equal(until("Windows Server 2012"), "2026-10-13");
    assert.equal(until("Windows Server 2012 R2"), "2026-10-13");
    assert.equal(until("RHEL 7.9"), "2028-06-30");
    assert.equal(until("Ubuntu 20.04"), "2030-04-02");
    assert.equal(until("Windows Server 2019"), undefined);
  });

  it("of host versions is that of their latest service pack and release", () => {
    const HOSTS = lines(`
| Windows Server 2008        | 2011-07-12 |
| Windows Server 2008 SP2    | 2020-01-14 |
| Windows Server 2008 R2     | 2013-04-09 |
| Windows Server 2008 R2 SP1 | 2020-01-14 |
| Windows Server 2012        | 2023-10-10 |
| Windows Server 2012 R2     | 2023-10-10 |
| Windows Server 2016        | 2027-01-12 |
| Windows Server 2019        | 2029-01-09 |
| Windows Server 2022        | 2031-10-14 |
| Windows Server 2025        | 2034-11-14 |
| Azure Stack HCI            | 2025-05-31 |
`);
    for (const [name = "", date] of HOSTS) {
      assert.equal(endOfHostSupport(resolved(resolveHostVersion(name), name))?.date, date, name);
    }
    assert.equal(endOfHostSupport("azure-local"), undefined);
    assert.equal(endOfHostSupport("windows-server-2099"), undefined);
  });

  it("of Exchange and of Virtual Machine Manager is that of the version", () => {
    const exchange = exchangeTable().versions.map(({ id }) => [id, endOfExchangeSupport(id)?.date]);
    assert.deepEqual(exchange, [
      ["2010-rtm", "2011-10-11"],
      ["2010-sp1", "2013-01-08"],
      ["2010-sp2", "2014-04-08"],
      ["2010-sp3", "2020-10-13"],
      ["2013", "2023-04-11"],
      ["2016", "2025-10-14"],
      ["2019", "2025-10-14"],
      ["se", undefined],
    ]);
    const vmm = vmmVersions().map(({ id }) => [id, endOfVmmSupport(id)?.date]);
    assert.deepEqual(vmm, [
      ["vmm-2008", "2019-04-09"],
      ["vmm-2008-r2", "2012-04-10"],
      ["vmm-2008-r2-sp1", "2019-04-09"],
      ["vmm-2012", "2014-01-14"],
      ["vmm-2012-sp1", "2022-07-12"],
      ["vmm-2012-r2", "2022-07-12"],
      ["vmm-2016", "2027-01-11"],
      ["vmm-1801", undefined],
      ["vmm-1807", undefined],
      ["vmm-2019", "2029-04-09"],
      ["vmm-2022", "2032-04-13"],
      ["vmm-2025", undefined],
    ]);
  });
});
