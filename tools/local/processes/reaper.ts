import { spawn } from "node:child_process";
import type { KillSignal } from "./signals.ts";

/** Kills what it was told to watch as soon as the process that holds its pipe is gone. */
export interface Reaper {
  readonly pid: number;
  /** Kills the process group of `pid` by this signal when the holder dies, and by KILL a second later. */
  watch(pid: number, signal: KillSignal): void;
  forget(pid: number): void;
  /** Deletes the folder after the last process is gone. */
  removeFolder(folder: string): void;
  /** Kills what is still watched, as if the holder had died; resolves when the reaper has gone. */
  release(): Promise<void>;
}

/**
 * A shell script and not a Node program: it costs 1 MB instead of 45, and there is one for every run.
 * A kill -9 of the holder closes the pipe, which ends `read`; nothing the holder could do about its death would run.
 */
const script = `
trap '' INT TERM HUP
watched=
folders=
while IFS=' ' read -r verb first second; do
  case $verb in
    watch) watched="$watched $first:$second" ;;
    forget)
      rest=
      for entry in $watched; do
        [ "\${entry%%:*}" = "$first" ] || rest="$rest $entry"
      done
      watched=$rest ;;
    remove) folders="$folders
$first" ;;
  esac
done
[ -z "$watched" ] || {
  for entry in $watched; do kill -s "\${entry##*:}" -- "-\${entry%%:*}" 2>/dev/null; done
  sleep 1
  for entry in $watched; do kill -s KILL -- "-\${entry%%:*}" 2>/dev/null; done
}
printf '%s\\n' "$folders" | while IFS= read -r folder; do
  [ -z "$folder" ] || rm -rf -- "$folder"
done
`;

/** Starts a reaper in a session of its own, so that a Ctrl-C at the terminal does not reach it. */
export function startReaper(): Reaper {
  const child = spawn("/bin/sh", ["-c", script, "task-platform-reaper"], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  // A reaper that was killed must not take the run down by a broken pipe: the run only loses this one guard.
  child.stdin.on("error", () => undefined);
  const gone = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
    child.once("error", () => resolve());
  });
  child.unref();
  const tell = (line: string): void => {
    if (child.stdin.writable) child.stdin.write(`${line}\n`);
  };
  return {
    pid: child.pid ?? 0,
    watch: (pid, signal) => tell(`watch ${pid} ${signal}`),
    forget: (pid) => tell(`forget ${pid}`),
    removeFolder: (folder) => {
      // The pipe carries words: a folder with a space would be cut, and something else deleted.
      if (/\s/.test(folder))
        throw new Error(`the reaper cannot remove "${folder}": its name has white space`);
      tell(`remove ${folder}`);
    },
    release: async () => {
      child.ref(); // or the event loop, empty but for it, would end this process first
      child.stdin.end();
      await gone;
    },
  };
}
