// The child process of an optional step. The last line it prints is the step's outcome in words.
const [module = "", name = ""] = process.argv.slice(2);
try {
  const installer = (await import(module))[name];
  console.log(await installer((/** @type {string} */ line) => console.log(line)));
} catch (error) {
  console.log(error);
  console.log(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
