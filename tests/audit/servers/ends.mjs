process.stderr.write("the configuration file is missing\n");
process.exitCode = 7;
