import type { Sandbox } from './control/desk-input.ts';
export async function seedDemo(_sandbox: Sandbox): Promise<void> {}
