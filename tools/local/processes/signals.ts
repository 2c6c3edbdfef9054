/** Signals that stop a child. QUIT is the immediate shutdown of PostgreSQL: it also ends its children and frees shared memory. */
export type KillSignal = "KILL" | "QUIT" | "TERM";
