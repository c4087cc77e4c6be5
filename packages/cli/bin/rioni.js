#!/usr/bin/env node
// The command. A file of its own that is no build output, so that it can be linked before anything is built.
import '../dist/main.js'
