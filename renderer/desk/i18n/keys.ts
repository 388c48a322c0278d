import type activity from '../../../locales/en/activity.json';
import type charts from '../../../locales/en/charts.json';
import type common from '../../../locales/en/common.json';
import type composer from '../../../locales/en/composer.json';
import type csat from '../../../locales/en/csat.json';
import type errors from '../../../locales/en/errors.json';
import type events from '../../../locales/en/events.json';
import type fields from '../../../locales/en/fields.json';
import type exports from '../../../locales/en/exports.json';
import type formats from '../../../locales/en/formats.json';
import type hours from '../../../locales/en/hours.json';
import type inbox from '../../../locales/en/inbox.json';
import type insight from '../../../locales/en/insight.json';
import type outbox from '../../../locales/en/outbox.json';
import type overview from '../../../locales/en/overview.json';
import type palette from '../../../locales/en/palette.json';
import type profile from '../../../locales/en/profile.json';
import type review from '../../../locales/en/review.json';
import type scope from '../../../locales/en/scope.json';
import type segments from '../../../locales/en/segments.json';
import type settings from '../../../locales/en/settings.json';
import type shortcuts from '../../../locales/en/shortcuts.json';
import type sidebar from '../../../locales/en/sidebar.json';
import type states from '../../../locales/en/states.json';
import type status from '../../../locales/en/status.json';
import type thread from '../../../locales/en/thread.json';
import type timings from '../../../locales/en/timings.json';
import type views from '../../../locales/en/views.json';
import type surveys from '../../../locales/en/surveys.json';
import type { MessageKey, Translate } from '../../../src/i18n/messages.ts';

/** The source files a screen may take texts from; a new feature's file is added here. */
interface Source extends Record<string, object> {
  activity: typeof activity;
  charts: typeof charts;
  common: typeof common;
  composer: typeof composer;
  csat: typeof csat;
  errors: typeof errors;
  events: typeof events;
  fields: typeof fields;
  exports: typeof exports;
  formats: typeof formats;
  hours: typeof hours;
  inbox: typeof inbox;
  insight: typeof insight;
  outbox: typeof outbox;
  overview: typeof overview;
  palette: typeof palette;
  profile: typeof profile;
  review: typeof review;
  scope: typeof scope;
  segments: typeof segments;
  settings: typeof settings;
  shortcuts: typeof shortcuts;
  sidebar: typeof sidebar;
  states: typeof states;
  surveys: typeof surveys;
  status: typeof status;
  thread: typeof thread;
  views: typeof views;
  timings: typeof timings;
}

type KnownSource = { [Feature in keyof Source as string extends Feature ? never : Feature]: Source[Feature] };

/** A key of a text of the screens, inferred from `locales/en/*.json`: one that is not there does not compile. */
export type TextKey = MessageKey<KnownSource>;
export type Text = Translate<TextKey>;
