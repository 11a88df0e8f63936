import { Module, type OnApplicationBootstrap } from '@nestjs/common';
import { ComplianceModule } from './compliance.module.js';
import { PolicyLibrary } from './policy/policy-library.js';

/** A server whose policies cannot be read does not start; a command reads them when it has something to decide. */
@Module({ imports: [ComplianceModule] })
export class ComplianceServingModule implements OnApplicationBootstrap {
  constructor(private readonly policies: PolicyLibrary) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.policies.inForce();
  }
}
