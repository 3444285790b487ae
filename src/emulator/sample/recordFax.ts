import { lastChange } from './changes';
import { type Draft, mediaPart } from './draft';
import type { Fax, FaxRecipient } from './faxes';
import { media, type MediaFile } from './media';
import { timeOf } from './moment';
import { byNumber, ourNumber, type SampleContext } from './sampleContext';

export function recordFax(fax: Fax, context: SampleContext): Draft {
  const { to: recipients = [], from, source } = fax;
  const time = timeOf(fax.time, context.now);
  const { pages }: MediaFile = media[fax.document];
  return {
    type: 'Fax',
    direction: from ? 'Inbound' : 'Outbound',
    from: from ? byNumber(from) : ourNumber(context),
    to: from ? [ourNumber(context)] : recipients.map(describeRecipient),
    readStatus: fax.unread ? 'Unread' : 'Read',
    priority: fax.priority ?? 'Normal',
    messageStatus: from ? 'Received' : overallStatus(recipients),
    faxResolution: fax.resolution,
    ...(pages !== undefined && { faxPageCount: pages }),
    ...(fax.coverPageText !== undefined && { coverPageText: fax.coverPageText }),
    time,
    ...lastChange(fax, time, context),
    parts: [
      mediaPart(fax.document, 'RenderedDocument'),
      ...(source === undefined ? [] : [mediaPart(source, 'SourceDocument')]),
    ],
  };
}

function describeRecipient({ party, status, errorCode }: FaxRecipient): Draft['to'][number] {
  return {
    ...byNumber(party),
    messageStatus: status,
    ...(errorCode !== undefined && { faxErrorCode: errorCode }),
  };
}

/** As RingCentral sums up several recipients: one that waits makes the fax wait, one that failed makes it failed. */
function overallStatus(recipients: readonly FaxRecipient[]): string {
  const statuses = recipients.map(({ status }) => status);
  return ['Queued', 'SendingFailed'].find((status) => statuses.includes(status)) ?? 'Sent';
}
