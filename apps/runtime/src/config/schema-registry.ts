import { definePiece } from "./parse.ts";
import { absolutePath, url } from "./values.ts";

/** Where the schema registry is and how to sign in. */
export interface SchemaRegistryConfig {
  /** Base address of the Confluent API, with the path where it has one. */
  readonly url: string;
  /** Folder with the files `username` and `password`; undefined when the schema registry asks for neither. */
  readonly credentialsDirectory?: string | undefined;
}

/** Whether others on the network can read the traffic: no TLS, and not to this machine. */
function isReadable(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === "http:" && !["127.0.0.1", "[::1]", "localhost"].includes(hostname);
}

export const schemaRegistryConfig = definePiece(
  {
    SCHEMA_REGISTRY_URL: url(["https", "http"]),
    SCHEMA_REGISTRY_CREDENTIALS_DIR: absolutePath().optional(),
  },
  (raw, report): SchemaRegistryConfig => {
    if (raw.SCHEMA_REGISTRY_CREDENTIALS_DIR !== undefined && isReadable(raw.SCHEMA_REGISTRY_URL)) {
      report(
        "SCHEMA_REGISTRY_URL",
        "an address that starts with https://",
        "SCHEMA_REGISTRY_CREDENTIALS_DIR is set, and a password would be sent in the clear",
      );
    }
    return { url: raw.SCHEMA_REGISTRY_URL, credentialsDirectory: raw.SCHEMA_REGISTRY_CREDENTIALS_DIR };
  },
);
