import assert from "node:assert/strict";
import fc from "fast-check";
import { contains, isEverything, isPublic, isRange, resolveAddresses } from "../../../lib/estate/addresses";
import { resolvePorts } from "../../../lib/estate/ports";

/** An IPv4 address as a number. */
function numberOf(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

describe("ranges of addresses", () => {
  it("hold the addresses that share their first bits", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), fc.ipV4(), (network, length, address) => {
        const size = 2 ** (32 - length);
        const expected = Math.floor(numberOf(network) / size) === Math.floor(numberOf(address) / size);
        assert.equal(contains(`${network}/${String(length)}`, address), expected);
        assert(contains(`${network}/${String(length)}`, network));
        assert.equal(contains(network, address), network === address);
      }),
    );
  });

  it("are of one family", () => {
    assert(contains("2001:db8::/32", "2001:db8::1"));
    assert(!contains("2001:db8::/32", "2001:db9::1"));
    assert(!contains("0.0.0.0/0", "2001:db8::1"));
    assert(!contains("::/0", "10.0.0.1"));
  });

  it("are nothing else", () => {
    for (const text of [
      "10.0.0.0/33",
      "10.0.0/8",
      "hv1",
      "",
      "10.0.0.1/",
      "10.0.0.1/8/8",
      "::/129",
      "VirtualNetwork",
    ]) {
      assert(!isRange(text) && !contains(text, "10.0.0.1") && !isEverything(text), text);
    }
  });

  it("may hold everything", () => {
    assert(isEverything("0.0.0.0/0") && isEverything("::/0") && !isEverything("0.0.0.0/1"));
  });

  it("are public or not", () => {
    const inside = [
      "10.0.0.1",
      "172.16.0.1",
      "172.31.255.255",
      "192.168.1.1",
      "100.64.0.1",
      "127.0.0.1",
      "fd00::1",
      "fe80::1",
    ];
    for (const address of inside) assert(!isPublic(address), address);
    for (const address of ["9.255.255.255", "172.32.0.1", "8.8.8.8", "2001:db8::1"]) assert(isPublic(address), address);
  });
});

describe("ranges of ports", () => {
  it("are read as they are written", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 65535 }), fc.integer({ min: 0, max: 65535 }), (one, other) => {
        const [from, to] = one < other ? [one, other] : [other, one];
        assert.deepEqual(resolvePorts(String(one)), { resolved: true, value: { from: one, to: one } });
        assert.deepEqual(resolvePorts(`${String(from)}-${String(to)}`), { resolved: true, value: { from, to } });
        assert.equal(resolvePorts(`${String(to)}-${String(from)}`).resolved, from === to);
      }),
    );
  });

  it("are nothing else", () => {
    for (const text of ["65536", "1-65536", "-1", "http", "", "1-", "1,2", "0x10"])
      assert(!resolvePorts(text).resolved, text);
  });
});

describe("addresses in one text", () => {
  it("stand between commas, with or without the length of their prefixes", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.ipV4(), fc.ipV6()), { minLength: 1 }), fc.boolean(), (value, hasLength) => {
        const text = value.map((address) => (hasLength ? `${address}/24` : address)).join(" , ");
        assert.deepEqual(resolveAddresses(text), { resolved: true, value });
      }),
    );
  });

  it("are nothing else", () => {
    for (const text of ["", "10.0.0.1,", "10.0.0.1 10.0.0.2", "10.0.0.256", "dhcp", "10.0.0.1/24/8"]) {
      assert.equal(resolveAddresses(text).resolved, false, text);
    }
  });
});
