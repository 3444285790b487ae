import { RequestError } from './requestError';

export const APP_PERMISSIONS = [
  'ReadMessages',
  'EditMessages',
  'ReadAccounts',
  'EditAccounts',
  'WebSocketsSubscription',
] as const;
export const USER_PERMISSIONS = [
  'ReadMessages',
  'EditMessages',
  'ReadExtensions',
  'AccountAdministration',
] as const;

export type AppPermission = (typeof APP_PERMISSIONS)[number];
export type UserPermission = (typeof USER_PERMISSIONS)[number];

/** What an operation asks of the app and of the user. */
export interface RequiredPermissions {
  readonly app: AppPermission;
  readonly user?: UserPermission;
}

/** The permissions of the app and of the signed-in user; all granted to begin with. */
export class Permissions {
  readonly app = new Set<AppPermission>(APP_PERMISSIONS);
  readonly user = new Set<UserPermission>(USER_PERMISSIONS);

  /**
   * @param scope the app permissions granted to the session
   * @throws RequestError (403, CMN-401 for the app, CMN-408 for the user) naming what is missing
   */
  require({ app, user }: RequiredPermissions, scope: readonly string[]): void {
    if (!this.app.has(app) || !scope.includes(app)) throw missing('CMN-401', 'application', app);
    if (user !== undefined && !this.user.has(user)) throw missing('CMN-408', 'user', user);
  }
}

function missing(code: string, who: string, permissionName: string): RequestError {
  const message = `To call this API endpoint, the ${who} needs to have [${permissionName}] permission.`;
  return new RequestError(403, code, message, { permissionName });
}
