/** Prints the median time of a step as "name milliseconds", after some runs that warm up. */
export function median(name, step) {
  for (let i = 0; i < 20; i++) step();
  const times = [];
  for (let i = 0; i < 41; i++) {
    const begun = process.hrtime.bigint();
    step();
    times.push(Number(process.hrtime.bigint() - begun) / 1e6);
  }
  times.sort((a, b) => a - b);
  console.log(`${name} ${times[20].toFixed(3)}`);
}
