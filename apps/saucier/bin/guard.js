/**
 * Runs a program that knows nothing of supervisors, as another user if need be: `guard.js <uid> <gid> <program> ...`,
 * where `-` stands for who we are. SIGTERM asks the program to end by SIGINT (PostgreSQL's fast shutdown). When
 * standard input ends the supervisor has gone; the program gets that, too, after its clients had time to leave.
 */
import { spawn } from "node:child_process"
import process from "node:process"

const leave = 25_000

const [uid, gid, program, ...parameters] = process.argv.slice(2)
const user = uid === "-" ? {} : { uid: Number(uid), gid: Number(gid) }
const child = spawn(program, parameters, { ...user, stdio: ["ignore", "inherit", "inherit"] })

for (const stream of [process.stdout, process.stderr, process.stdin]) stream.on("error", () => {})
child.on("error", ({ message }) => {
  process.stderr.write(`${program}: ${message}\n`)
  process.exit(1)
})
child.on("exit", (code) => process.exit(code ?? 1))
for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => child.kill("SIGINT"))
process.stdin.once("close", () => setTimeout(() => child.kill("SIGINT"), leave))
process.stdin.resume()
