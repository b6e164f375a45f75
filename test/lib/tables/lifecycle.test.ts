import assert from "node:assert/strict";
import { endOfSupport, lifecycle } from "../../../lib/tables/lifecycle";
import { guest, lines } from "./kit";

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
| Azure Stack HCI                      | 2025-05-31 | unverified |
`);

describe("end of support", () => {
  for (const [name = "", date, confidence] of PAGES) {
    it(`${name}: ${date ?? ""}`, () => {
      const found = endOfSupport(guest(name));
      assert.deepEqual([found?.date, found?.confidence], [date, confidence]);
    });
  }

  it("has no other rows", () => {
    const known = new Set(PAGES.map(([name = ""]) => endOfSupport(guest(name))));
    assert.equal(known.size, lifecycle().length);
  });

  it("is the latest day where the declaration leaves open which one it is", () => {
    assert.equal(endOfSupport(guest("Windows XP SP2"))?.date, "2014-04-08");
  });

  it("is not known for what no row tells", () => {
    for (const name of ["Windows 11", "CentOS 5.5", "Windows 10 Enterprise LTSC 2019", "Azure Local"]) {
      assert.equal(endOfSupport(guest(name)), undefined, name);
    }
  });
});
