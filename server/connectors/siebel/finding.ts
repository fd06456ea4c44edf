import type { Finding } from '../connector.ts';

export function ok(check: string, message: string): Finding {
  return { check, status: 'ok', message, advice: null };
}

export function warning(check: string, message: string, advice: string): Finding {
  return { check, status: 'warning', message, advice };
}

export function failed(check: string, message: string, advice: string): Finding {
  return { check, status: 'failed', message, advice };
}

/** Through a view mode that hides records from us nothing is known to be deleted. */
export function unproven(component: string, viewMode: string, record: string): Finding {
  const message = `${component}: view mode ${viewMode} cannot prove that ${record} was deleted.`;
  const advice = 'Let the account use All, or deletions in Siebel will not be carried to Outlook.';
  return warning(`siebel.${component.toLowerCase()}`, message, advice);
}
