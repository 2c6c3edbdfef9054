/** Confluent wire format: a zero byte, the schema id as four bytes, then the body. */
const magicByte = 0;
const headerBytes = 5;

interface Framed {
  readonly schemaId: number;
  readonly body: Buffer;
}

/** Adds the header of the schema registry to an Avro body. */
export function frame(schemaId: number, body: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(headerBytes + body.length);
  framed.writeUInt8(magicByte, 0);
  framed.writeInt32BE(schemaId, 1);
  framed.set(body, headerBytes);
  return framed;
}

/**
 * Splits a framed value into schema id and body.
 *
 * @throws Error when the bytes do not start with the header
 */
export function unframe(bytes: Buffer): Framed {
  if (bytes.length < headerBytes) {
    throw new Error(`value of ${bytes.length} bytes is shorter than the ${headerBytes}-byte schema header`);
  }
  const magic = bytes.readUInt8(0);
  if (magic !== magicByte) {
    throw new Error(`value starts with byte ${magic}, not with the magic byte ${magicByte}`);
  }
  return { schemaId: bytes.readInt32BE(1), body: bytes.subarray(headerBytes) };
}
