/** As much of JSON Schema (draft 7) as settings are described with. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: JsonType;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly format?: "date" | "glob";
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly uniqueItems?: boolean;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly minProperties?: number;
}

export type JsonType = "number" | "integer" | "string" | "boolean" | "array" | "object";
