// What @pulumi/policy uses of @pulumi/pulumi, for the standalone pack: all of it would take three times as long to load
// as everything else together.

export * as asset from "@pulumi/pulumi/asset/index.js";

export const Output = {
  /**
   * The test of the real class, whose instances tell themselves by this mark.
   *
   * @param {unknown} value
   */
  isInstance: (value) => typeof value === "object" && value !== null && "__pulumiOutput" in value,
};
