import type { Clock } from './clock';
import type { Deviations } from './deviations';
import type { Faults } from './faults';
import type { Features } from './features';
import type { Mailbox } from './mailbox';
import type { Media } from './media';
import type { AuthorizationCodes } from './oauth/authorizationCodes';
import type { ClientRegistration } from './oauth/client';
import type { Sessions } from './oauth/sessions';
import type { Permissions } from './permissions';
import type { PushServer } from './push/pushServer';
import type { RateLimiter } from './rateLimiter';
import type { RequestLog } from './requestLog';
import type { SyncTokens } from './syncTokens';
import type { Origins, Wire } from './wire';

/** Behaviour that the API allows the server and the admin surface can ask for. */
export interface Settings {
  /** Days; the message store configuration. */
  retentionPeriod: number;
  /** Records by which a synchronization exceeds `recordCount`, as the API says it may. */
  surplusRecords: number;
  /** Whether WebSocket connections seem open while nothing comes over them, as after a change of networks. */
  silentPush: boolean;
  /** Whether a part of an attachment can be had; else `Range` is ignored, as any server may. */
  ranges: boolean;
}

/** The parts of a running emulator, shared by its operations. */
export interface EmulatorContext {
  readonly origins: Origins;
  readonly client: ClientRegistration;
  readonly adminToken: string;
  readonly clock: Clock;
  readonly mailbox: Mailbox;
  readonly media: Media;
  readonly wire: Wire;
  readonly syncTokens: SyncTokens;
  readonly sessions: Sessions;
  readonly codes: AuthorizationCodes;
  readonly permissions: Permissions;
  readonly features: Features;
  readonly deviations: Deviations;
  readonly limiter: RateLimiter;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly push: PushServer;
  readonly settings: Settings;
}
