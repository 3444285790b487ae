import { l10n } from 'vscode';

/** The words of the pages, which have no localization of their own; `{0}`, `{1}` … are filled in by the page. */
export function viewerStrings() {
  return {
    loading: l10n.t('Loading…'),
    retry: l10n.t('Retry'),
    save: l10n.t('Save…'),
    saveNamed: l10n.t('Save {0}…'),
    openExternally: l10n.t('Open Externally'),
    openExternallyNamed: l10n.t('Open {0} Externally'),
    gone: l10n.t('This message is no longer in the mailbox.'),
    goneHint: l10n.t(
      'It was deleted permanently, here or in another app, or you signed out. You can close this tab.',
    ),
    today: l10n.t('Today'),
    yesterday: l10n.t('Yesterday'),
    bytes: l10n.t('{0} bytes'),
    kilobytes: l10n.t('{0} kB'),
    megabytes: l10n.t('{0} MB'),

    recordingOf: l10n.t('Recording {0}'),
    transcription: l10n.t('Transcription'),
    cannotPlay: l10n.t('This audio format cannot be played here.'),
    cannotPlayVideo: l10n.t('This video format cannot be played here.'),
    cannotShow: l10n.t('This file cannot be shown here.'),
    cannotShowHint: l10n.t('Save it, or open it in another program.'),

    previousPage: l10n.t('Previous Page'),
    nextPage: l10n.t('Next Page'),
    pageOf: l10n.t('Page {0} of {1}'),
    documentNamed: l10n.t('Document {0}'),
    fitPage: l10n.t('Fit Page'),
    fitWidth: l10n.t('Fit Width'),
    pageFailed: l10n.t('Page {0} is damaged and cannot be shown.'),

    textCut: l10n.t('Only the beginning is shown.'),
    phone: l10n.t('Phone'),
    email: l10n.t('E-mail'),
    address: l10n.t('Address'),
    website: l10n.t('Website'),
    birthday: l10n.t('Birthday'),
    home: l10n.t('home'),
    work: l10n.t('work'),
    mobile: l10n.t('mobile'),
    fax: l10n.t('fax'),
    note: l10n.t('Note'),

    messages: l10n.t('Messages'),
    you: l10n.t('You'),
    openNamed: l10n.t('Open {0}'),
    newMessages: l10n.t('New messages'),
    newMessageFrom: l10n.t('New message from {0}: {1}'),
    showEarlier: l10n.t('Show Earlier Messages'),
    wholeTextFailed: l10n.t('The rest of this text could not be loaded.'),
    undated: l10n.t('No Date'),
  };
}

export type Strings = Readonly<ReturnType<typeof viewerStrings>>;
