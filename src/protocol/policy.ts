export { POLICY_KEY, parsePolicy } from '../mutations/policy-args.ts';
