/** Resolves at the first SIGINT or SIGTERM. A second one ends the process at once, for whoever will not wait. */
export function untilToldToStop(): Promise<void> {
  return new Promise((resolve) => {
    let told = false;
    const onSignal = (): void => {
      if (told) process.exit(130);
      told = true;
      process.stdout.write('\nStopping …\n');
      resolve();
    };
    process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  });
}
