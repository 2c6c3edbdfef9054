import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";

const everyMs = 200;
const chunkBytes = 65_536;

/** A log file that is followed. */
export interface FollowedLog {
  readonly name: string;
  readonly file: string;
}

/**
 * Passes each line that is appended to the files from now on to `write`, after the name of its file, until the signal. A file
 * that does not exist yet is read from its beginning.
 */
export function followLogs(
  logs: readonly FollowedLog[],
  write: (line: string) => void,
  signal: AbortSignal,
): void {
  const width = Math.max(...logs.map(({ name }) => name.length));
  const readers = logs.map(({ name, file }) => {
    const read = appendedLines(file);
    return (): void => {
      for (const line of read()) write(`${name.padEnd(width)} | ${line}`);
    };
  });
  const timer = setInterval(() => {
    for (const read of readers) read();
  }, everyMs);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
}

/** Returns the whole lines that were added since the last call. */
function appendedLines(file: string): () => string[] {
  const decoder = new StringDecoder("utf8");
  let position = sizeOf(file);
  let rest = "";
  return () => {
    const lines: string[] = [];
    for (let text = next(); text !== ""; text = next()) {
      const parts = (rest + text).split("\n");
      rest = parts.pop() ?? "";
      lines.push(...parts);
    }
    return lines;
  };
  function next(): string {
    const bytes = readAt(file, position);
    position += bytes.length;
    return decoder.write(bytes);
  }
}

function sizeOf(file: string): number {
  return withFile(file, (descriptor) => fstatSync(descriptor).size) ?? 0;
}

function readAt(file: string, position: number): Buffer {
  const buffer = Buffer.alloc(chunkBytes);
  const count = withFile(file, (descriptor) => readSync(descriptor, buffer, 0, chunkBytes, position)) ?? 0;
  return buffer.subarray(0, count);
}

/** Undefined when the file does not exist, or not any more. */
function withFile<T>(file: string, use: (descriptor: number) => T): T | undefined {
  try {
    const descriptor = openSync(file, "r");
    try {
      return use(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}
