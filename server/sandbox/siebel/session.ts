/** The Siebel user a request runs as. `zone` is the IANA zone date-times are written in. */
export type Session = Readonly<{
  employeeId: string;
  login: string;
  zone: string;
  /** The primary position, by which teams are seen; `''` for a guest. */
  positionId: string;
  organizationId: string;
  isAdmin: boolean;
  /** Runs anonymously: sees nothing of anybody. */
  isGuest: boolean;
}>;
