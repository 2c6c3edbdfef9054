import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { secrets } from "@task-platform/contracts";
import { errorMessage } from "../errors/index.ts";
import { SchemaRegistryError } from "./errors.ts";

/**
 * Authorization header from the files `username` and `password` of a folder. It reads them for every request, because
 * the cluster replaces them under a running process when the secret is rotated. Requests are rare: answers are cached.
 *
 * @throws SchemaRegistryError, retryable, when a file is missing or empty
 */
export async function readCredentials(directory: string): Promise<string> {
  const [username, password] = await Promise.all(
    secrets.schemaRegistry.properties.map((name) => readValue(join(directory, name))),
  );
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

async function readValue(path: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw unusable(path, errorMessage(cause), cause);
  }
  // Secrets that are typed by hand often end with a line break.
  const value = text.replace(/\r?\n$/, "");
  if (value === "") throw unusable(path, "it is empty");
  return value;
}

function unusable(path: string, why: string, cause?: unknown): SchemaRegistryError {
  return new SchemaRegistryError(
    `${path}, which signs in to the schema registry, cannot be used (${why}); put user and password into the secret`,
    { retryable: true, cause },
  );
}
