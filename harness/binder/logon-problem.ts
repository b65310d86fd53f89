/** Why Windows started no process as another account, and what to do; `code` as GetLastError gives it (winerror.h). */
export function logonProblem(account: string, code: number): string {
  const words = Object.hasOwn(PROBLEMS, code) ? `: ${PROBLEMS[code]}` : "";
  return `Windows error ${code}${words} (CreateProcessWithLogonW, account ${account})`;
}

const PROBLEMS: Readonly<Record<number, string>> = {
  // ERROR_ACCESS_DENIED. winbase.h's page: LocalSystem may not call it.
  5: "access is denied; the account must be able to read Node, and a service that runs as LocalSystem cannot start a process of another account: let it log on as an ordinary account",
  // ERROR_DIRECTORY: the folder of Node is the working directory.
  267: "the account cannot enter the folder of Node; install Node for all users",
  // ERROR_SERVICE_DISABLED
  1058: "the service Secondary Logon is disabled; in an administrator's PowerShell: Set-Service seclogon -StartupType Manual",
  // ERROR_LOGON_FAILURE
  1326: "the name or the password is wrong; see BINDCHECK_OTHER_USER and BINDCHECK_OTHER_PASSWORD",
  // ERROR_LOGON_TYPE_NOT_GRANTED
  1385: "the account may not log on here; give it the right 'Allow log on locally'",
};
