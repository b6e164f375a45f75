import type { GuestOs } from "../../../lib/estate/model";
import { describeCoverage, mergeReleases, type Coverage } from "../../../lib/tables/coverage";
import { guestList, supportsGeneration, type GuestSupport } from "../../../lib/tables/guest-support";
import { endOfSupport } from "../../../lib/tables/lifecycle";
import { editionName, familyOf, productName, productOf } from "../../../lib/tables/operating-systems";
import { nearest } from "../../../lib/text/nearest";

/** As many products as can be read at a glance, where the list does not have that of the guest. */
const SUGGESTIONS = 3;

/**
 * What a host version lists in place of a guest, by name: every guest of the same product, or else those of the products
 * of the same family whose names are the nearest. Of both only what is listed for the generation of the virtual machine,
 * and of that what its vendor still supports, if anything.
 */
export function listedInstead(host: string, guest: GuestOs, generation: 1 | 2, asOf: string): readonly string[] {
  const all = guestList(host);
  const supported = inSupport(all, asOf);
  const list = supported.length > 0 ? supported : all;
  const same = list.filter(({ product }) => product === guest.product);
  if (same.length > 0) return describeLines(inGeneration(same, generation));
  const family = familyOf(guest.product);
  const related = inGeneration(
    list.filter(({ product }) => familyOf(product) === family),
    generation,
  );
  const products = [...new Set(related.map(({ product }) => productName(product)))];
  return nearest(productName(guest.product), products, SUGGESTIONS).flatMap((name) =>
    describeLines(related.filter(({ product }) => productName(product) === name)),
  );
}

/** Without what guest-os-lifecycle would find next. */
function inSupport(lines: readonly GuestSupport[], asOf: string): readonly GuestSupport[] {
  return lines.filter(({ product, servicePacks, releases }) => {
    const guest = { product, servicePack: Math.max(...servicePacks) };
    const end = endOfSupport(releases === undefined ? guest : { ...guest, release: releases.to });
    return end === undefined || end.date >= asOf;
  });
}

function inGeneration(lines: readonly GuestSupport[], generation: 1 | 2): readonly GuestSupport[] {
  const supporting = lines.filter((line) => supportsGeneration(line, generation));
  return supporting.length > 0 ? supporting : lines;
}

/** Guests of a product: what remains of its lines once those that differ only in one detail are one. */
type ListedGuests = Pick<GuestSupport, "product"> & Coverage;

/** Lines by name, in their order. */
function describeLines(lines: readonly GuestSupport[]): readonly string[] {
  const listed = lines.map(withoutAllArchitectures);
  const byServicePack = grouped(listed, (one) => ({ ...one, servicePacks: [] })).flatMap(mergeServicePacks);
  const byRelease = grouped(byServicePack, (one) => ({ ...one, releases: [] })).flatMap(mergeRanges);
  return [...new Set(byRelease.map(describe))];
}

/** A restriction to all architectures of a product restricts nothing. */
function withoutAllArchitectures({
  product,
  servicePacks,
  releases,
  editions,
  architectures,
}: GuestSupport): ListedGuests {
  const all = productOf(product)?.architectures ?? [];
  const isRestricted = architectures !== undefined && all.some((one) => !architectures.includes(one));
  return {
    product,
    servicePacks,
    ...(releases === undefined ? {} : { releases }),
    ...(editions === undefined ? {} : { editions }),
    ...(isRestricted ? { architectures } : {}),
  };
}

function grouped(
  guests: readonly ListedGuests[],
  keyOf: (guests: ListedGuests) => object,
): readonly (readonly ListedGuests[])[] {
  const groups = new Map<string, readonly ListedGuests[]>();
  for (const one of guests) {
    const key = JSON.stringify(keyOf(one));
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

function mergeServicePacks(guests: readonly ListedGuests[]): readonly ListedGuests[] {
  const [first] = guests;
  if (first === undefined) return [];
  const servicePacks = [...new Set(guests.flatMap((one) => one.servicePacks ?? []))].sort((one, other) => one - other);
  return [{ ...first, servicePacks }];
}

function mergeRanges(guests: readonly ListedGuests[]): readonly ListedGuests[] {
  const [first] = guests;
  const unrestricted = guests.find(({ releases }) => releases === undefined);
  if (first === undefined || unrestricted !== undefined) return unrestricted === undefined ? [] : [unrestricted];
  return mergeReleases(guests.flatMap(({ releases }) => releases ?? [])).map((releases) => ({ ...first, releases }));
}

function describe(guests: ListedGuests): string {
  const editions = guests.editions?.map((id) => editionName(id)).join(", ");
  return `${describeCoverage(guests.product, guests)}${editions === undefined ? "" : ` (${editions})`}`;
}
