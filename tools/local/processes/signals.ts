/** Signals that stop a child. QUIT is PostgreSQL's immediate shutdown: it takes its own children and shared memory along. */
export type KillSignal = "KILL" | "QUIT" | "TERM";
