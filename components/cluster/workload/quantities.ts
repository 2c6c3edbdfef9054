const memoryUnits: Readonly<Record<string, number>> = { Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3 };

/** Kubernetes memory in bytes: "512Mi", "2Gi". Undefined for anything else. */
export function memoryBytes(quantity: string): number | undefined {
  const [, number, unit] = /^(\d+)(Ki|Mi|Gi)$/.exec(quantity) ?? [];
  const factor = memoryUnits[unit ?? ""];
  return number === undefined || factor === undefined ? undefined : Number(number) * factor;
}

/** Kubernetes CPU in thousandths of a core: "500m", "2". Undefined for anything else. */
export function cpuMillis(quantity: string): number | undefined {
  const [, number, milli] = /^(\d+)(m?)$/.exec(quantity) ?? [];
  return number === undefined ? undefined : Number(number) * (milli === "m" ? 1 : 1000);
}

/** Heap of Node: three quarters of the memory limit. The rest is for buffers and native memory. */
export function heapMegabytes(memoryLimit: string): number {
  return Math.floor(((memoryBytes(memoryLimit) ?? 0) * 0.75) / 1024 ** 2);
}

/**
 * The most memory that V8 uses for objects that have just been made, in MiB. Its default grows with the machine. Measured with
 * 100,000 waiting events (docs/performance.md): the processor needs 210 MB and is as fast as with 420 MB.
 */
const youngMegabytes = 16;

/** NODE_OPTIONS of a container: the heap fits its memory limit, and grows no further than it must. */
export function nodeOptions(memoryLimit: string): string {
  return `--max-old-space-size=${heapMegabytes(memoryLimit)} --max-semi-space-size=${youngMegabytes}`;
}
