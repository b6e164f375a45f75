import assert from "node:assert/strict";
import fc from "fast-check";
import {
  describeRange,
  describeSubnet,
  ipv4Number,
  ipv4Text,
  isWithin,
  overlapOf,
  rangeOfOne,
  resolveSubnetMask,
  sizeOf,
  subnetOfMask,
  subnetOfPrefix,
} from "../../../lib/estate/ipv4";

const anAddress = fc.ipV4();
const aLength = fc.integer({ min: 0, max: 32 });

/** The bits of an address as text. */
function bitsOf(address: string): string {
  return address
    .split(".")
    .map((part) => Number(part).toString(2).padStart(8, "0"))
    .join("");
}

function addressOf(bits: string): string {
  return [0, 8, 16, 24].map((at) => String(parseInt(bits.slice(at, at + 8), 2))).join(".");
}

function maskOf(length: number): string {
  return addressOf("1".repeat(length).padEnd(32, "0"));
}

/** A few addresses, so that ranges meet often. */
const aRange = fc
  .tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }))
  .map(([one, other]) => ({ first: Math.min(one, other), last: Math.max(one, other) }));

function members({ first, last }: { readonly first: number; readonly last: number }): readonly number[] {
  return Array.from({ length: 13 }, (_, at) => at).filter((at) => first <= at && at <= last);
}

describe("IPv4 addresses", () => {
  it("are numbers and texts of the same", () => {
    fc.assert(
      fc.property(anAddress, (address) => {
        const number = ipv4Number(address);
        assert.equal(number, parseInt(bitsOf(address), 2));
        assert.equal(ipv4Text(number), address);
      }),
    );
  });

  it("are in the subnet whose bits they begin with", () => {
    fc.assert(
      fc.property(anAddress, aLength, (address, length) => {
        const network = bitsOf(address).slice(0, length);
        const expected = {
          first: ipv4Number(addressOf(network.padEnd(32, "0"))),
          last: ipv4Number(addressOf(network.padEnd(32, "1"))),
        };
        assert.deepEqual(subnetOfPrefix(`${address}/${String(length)}`), expected);
        assert.deepEqual(subnetOfMask(address, maskOf(length)), expected);
      }),
    );
  });

  it("are in ranges that are compared as sets of them", () => {
    fc.assert(
      fc.property(aRange, aRange, (one, other) => {
        const common = members(one).filter((at) => members(other).includes(at));
        const overlap = overlapOf(one, other);
        assert.deepEqual(overlap === undefined ? [] : members(overlap), common);
        assert.equal(isWithin(one, other), common.length === members(one).length);
        assert.equal(sizeOf(one), members(one).length);
      }),
    );
  });

  it("have no mask whose first bits are not those that are set", () => {
    fc.assert(
      fc.property(anAddress, (mask) => {
        const isMask = /^1*0*$/.test(bitsOf(mask));
        assert.equal(resolveSubnetMask(mask).resolved, isMask);
        assert.equal(subnetOfMask("10.0.0.1", mask) !== undefined, isMask);
      }),
    );
    for (const length of [0, 1, 24, 31, 32]) assert(resolveSubnetMask(maskOf(length)).resolved);
  });

  it("are nothing else", () => {
    for (const text of ["", "10.0.0", "10.0.0.256", "::1", "10.0.0.0/24", "a.b.c.d", "1e3.0.0.0", "010.0.0.1"]) {
      assert.equal(ipv4Number(text), undefined, text);
    }
    for (const text of ["10.0.0.0", "10.0.0.0/33", "10.0.0.0/", "/24", "::/0", "10.0.0.0/-1", "10.0.0.0/024"]) {
      assert.equal(subnetOfPrefix(text), undefined, text);
    }
  });

  it("are described as people write them", () => {
    const subnet = subnetOfPrefix("10.0.0.77/24");
    assert(subnet !== undefined);
    assert.equal(describeSubnet(subnet), "10.0.0.0/24");
    assert.equal(describeRange(subnet), "10.0.0.0 to 10.0.0.255");
    assert.equal(describeRange(rangeOfOne(subnet.first)), "10.0.0.0");
  });
});
