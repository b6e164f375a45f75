/** A resource type of azure-native, whichever version of the provider or of its API the program uses. */
export interface AzureToken {
  readonly module: string;
  readonly name: string;
  /** As in `v20230101`; undefined for the provider's default. */
  readonly apiVersion?: string;
}

const VERSION = "v\\d{8}(?:preview|privatepreview)?";

/**
 * `azure-native:module:Name`, `azure-native:module/v20230101:Name`, and of a package with parameters
 * `azure-native_module_v20230101:module:Name`, in early builds also `azure-native_module_v20230101:module/v20230101:Name`.
 */
const TOKEN = new RegExp(`^azure-native(?:_[a-z0-9]+_(${VERSION}))?:([A-Za-z0-9]+)(?:/(${VERSION}))?:([A-Za-z0-9]+)$`);

/** Reads a type token in any of its shapes; undefined for a type that is none of azure-native's. */
export function parseToken(type: string): AzureToken | undefined {
  const [, packageVersion, module, moduleVersion, name] = TOKEN.exec(type) ?? [];
  if (module === undefined || name === undefined) return undefined;
  const apiVersion = moduleVersion ?? packageVersion;
  return { module: module.toLowerCase(), name, ...(apiVersion === undefined ? {} : { apiVersion }) };
}
