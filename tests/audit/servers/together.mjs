// Servers of this folder in one process: for each word, such as `datagram,7000,reuseAddr`, the script that it begins with.
for (const [index, word] of process.argv.slice(2).entries()) {
  const [script, ...words] = word.split(",");
  process.argv.splice(2, Infinity, ...words);
  await import(`./${script}.mjs?${index}`);
}
