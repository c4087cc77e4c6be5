// Prints "N passed, N failed" over a vitest JSON report and the closing line of `npm run check`.
// A report that is missing, because its run died, counts as one failure unless an earlier one has failed already.

import { existsSync, readFileSync } from 'node:fs'

const [testsFile, checkFile] = process.argv.slice(2)

const tests = existsSync(testsFile) ? countTests(JSON.parse(readFileSync(testsFile, 'utf8'))) : died()
const checks = tests.failed > 0 ? { passed: 0, failed: 0 } : countChecks()
console.log(`${tests.passed + checks.passed} passed, ${tests.failed + checks.failed} failed`)

function countTests(report) {
  // A suite that does not load fails without a failed test in it.
  const failed = report.numFailedTests || (report.success ? 0 : 1)
  return { passed: report.numPassedTests, failed }
}

function countChecks() {
  const text = existsSync(checkFile) ? readFileSync(checkFile, 'utf8') : ''
  const match = /^(\d+) passed, (\d+) failed$/m.exec(text)
  return match ? { passed: Number(match[1]), failed: Number(match[2]) } : died()
}

function died() {
  return { passed: 0, failed: 1 }
}
