/** One line of the report. */
export interface Finding {
  readonly what: string;
  /** `unknown`: it could not be asked, or only a later step can decide it. */
  readonly status: "ok" | "problem" | "unknown";
  /** What was found. */
  readonly says: string;
  /** What to do, for everything but `ok`. */
  readonly toDo?: string;
}

export interface Answer {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program and waits for its end. Undefined when the program is not on PATH. */
export type Ask = (program: string, args: readonly string[]) => Answer | undefined;

export const ok = (what: string, says: string): Finding => ({ what, status: "ok", says });

export const problem = (what: string, says: string, toDo: string): Finding => ({
  what,
  status: "problem",
  says,
  toDo,
});

export const unknown = (what: string, says: string, toDo: string): Finding => ({
  what,
  status: "unknown",
  says,
  toDo,
});
