/** Who runs: its process number, a way to tell whether another still does, and one to wait for a twentieth of a second. */
export interface Runner {
  readonly id: number;
  readonly isRunning: (id: number) => boolean;
  readonly wait: () => void;
}
