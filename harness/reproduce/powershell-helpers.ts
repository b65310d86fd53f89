import { WINSOCK_NAMES } from "../model/error-codes.ts";
import type { Helper } from "./pick-helpers.ts";

const NAMES = `$names = @{
${Object.entries(WINSOCK_NAMES)
  .map(([code, name]) => `  ${code} = '${name}'`)
  .join("\n")}
}`;

/** Functions of programs in PowerShell, each before those that use it. */
export const POWERSHELL_HELPERS: readonly Helper[] = [
  { usedAs: /./, text: NAMES },
  {
    usedAs: /./,
    text: `# Makes calls, each after its name, up to the first that fails.
function Attempt($calls) {
  for ($i = 0; $i -lt $calls.Count; $i += 2) {
    try { $null = & $calls[$i + 1] }
    catch {
      $cause = $_.Exception.GetBaseException()
      if ($cause -is [TimeoutException]) { return "$($cause.Message) at $($calls[$i])" }
      if ($cause -isnot [SocketException]) { throw }
      $number = $cause.NativeErrorCode
      return "$($names[$number]) ($number) at $($calls[$i])"
    }
  }
  'success'
}`,
  },
  {
    usedAs: /^Tell/m,
    text: `function Tell($step) {
  $script:outcome = Attempt $args
  [Console]::WriteLine("\${step}: $outcome")
}`,
  },
  {
    usedAs: /^Need/m,
    text: `function Need($step) {
  $outcome = Attempt $args
  if ($outcome -eq 'success') { return }
  [Console]::WriteLine("\${step}: $outcome")
  exit 3
}`,
  },
  {
    usedAs: /\bReceive\b|\bAwait\b/,
    text: `function Await($socket) {
  if (-not $socket.Poll(5000000, 'SelectRead')) { throw [TimeoutException] 'nothing-came' }
}`,
  },
  {
    usedAs: /\bReceive\b/,
    text: `function Receive($socket) {
  Await $socket
  $socket.Receive([byte[]]::new(65536))
}`,
  },
];
