/** The Pulumi CLI that is downloaded or built where there is none: the same version as in cli/go.mod. */
export const engineVersion = "3.259.0";
