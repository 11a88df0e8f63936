import * as kubernetes from '@kubernetes/client-node';

interface Attribute {
  name: string;
  baseName: string;
  type: string;
}

interface Model {
  getAttributeTypeMap(): Attribute[];
}

const MODELS = kubernetes as unknown as Record<string, Model | undefined>;
/** Fields without which an API server takes no object of this kind. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  V1JobSpec: ['template'],
  V1PodSpec: ['containers'],
  V1Container: ['name', 'image'],
  V1Volume: ['name'],
  V1VolumeMount: ['name', 'mountPath'],
  V1EnvVar: ['name'],
  V1OwnerReference: ['apiVersion', 'kind', 'name', 'uid'],
  V1NetworkPolicySpec: ['podSelector'],
  V1KeyToPath: ['key', 'path'],
  V1ObjectMeta: ['name'],
};
const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/;
const LABEL_KEY = /^(?:[a-z0-9][a-z0-9.-]{0,251}\/)?[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const NAME = /^[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?$/;
const QUANTITY = /^\d+(?:\.\d+)?(?:m|k|M|G|Ki|Mi|Gi)?$/;

/** What is wrong with an object, as the structure of the API has it: unknown fields, wrong types, missing fields. */
export function schemaErrors(value: unknown, type: string, path: string = ''): string[] {
  const at = path === '' ? 'the object' : path;
  if (value === undefined || value === null) return [];
  const list = /^Array<(.+)>$/.exec(type)?.[1];
  if (list !== undefined)
    return Array.isArray(value)
      ? value.flatMap((each, index) => schemaErrors(each, list, `${path}[${index}]`))
      : [`${at} must be a list`];
  const map = /^\{ \[key: string\]: (.+); \}$/.exec(type)?.[1];
  if (map !== undefined)
    return typeof value === 'object' && !Array.isArray(value)
      ? Object.entries(value).flatMap(([key, each]) => schemaErrors(each, map, `${path}.${key}`))
      : [`${at} must be a map`];
  if (['string', 'number', 'boolean'].includes(type))
    return typeof value === type ? [] : [`${at} must be a ${type}`];
  if (type === 'IntOrString')
    return ['string', 'number'].includes(typeof value) ? [] : [`${at} must be a number or a text`];
  const model = MODELS[type];
  if (model === undefined) return [];
  if (typeof value !== 'object' || Array.isArray(value)) return [`${at} must be an object`];
  return [...modelErrors(value, model, path), ...needed(value, type, path)];
}

function modelErrors(value: object, model: Model, path: string): string[] {
  const attributes = new Map(model.getAttributeTypeMap().map((each) => [each.baseName, each]));
  return Object.entries(value).flatMap(([name, each]) => {
    const attribute = attributes.get(name);
    const inside = path === '' ? name : `${path}.${name}`;
    if (attribute === undefined) return [`unknown field "${inside}"`];
    return [...schemaErrors(each, attribute.type, inside), ...meaning(name, each, inside)];
  });
}

function needed(value: object, type: string, path: string): string[] {
  const missing = (NEEDED[type] ?? []).filter((field) => !(field in value));
  // Templates have no names.
  if (type === 'V1ObjectMeta' && path !== 'metadata') return [];
  return missing.map((field) => `${path}.${field}: Required value`);
}

/** What is checked besides types. */
function meaning(name: string, value: unknown, path: string): string[] {
  if (name === 'labels' || name === 'matchLabels')
    return Object.entries(value as Record<string, string>)
      .filter(([key, each]) => !LABEL_KEY.test(key) || !LABEL_VALUE.test(each))
      .map(([key, each]) => `${path}: Invalid value: ${key}=${each}`);
  if ((name === 'requests' || name === 'limits') && typeof value === 'object')
    return Object.values(value as Record<string, string>)
      .filter((each) => !QUANTITY.test(each))
      .map((each) => `${path}: quantities must be like 250m, not ${each}`);
  if (path === 'metadata.name' && !NAME.test(value as string))
    return [`${path}: Invalid value: ${String(value)}`];
  return [];
}

/** What the profile `restricted` of pod security says about a pod. */
export function securityErrors(spec: kubernetes.V1PodSpec): string[] {
  const errors: string[] = [];
  if (spec.securityContext?.seccompProfile?.type !== 'RuntimeDefault') errors.push('seccompProfile');
  if (spec.securityContext?.runAsNonRoot !== true) errors.push('runAsNonRoot');
  for (const { securityContext: context } of spec.containers) {
    if (context?.allowPrivilegeEscalation !== false) errors.push('allowPrivilegeEscalation');
    if (context?.capabilities?.drop?.includes('ALL') !== true) errors.push('capabilities');
  }
  return errors;
}
