import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { GENDERS, MAX_AGE, MIN_AGE, type Gender } from '../agent.profile.js';
import { EXPORT_FORMATS, type ExportFormat } from '../population.export.js';
import { MAX_CITY_LENGTH, MAX_COUNT, MAX_INTERESTS, MAX_SEED_LENGTH } from '../population.specification.js';

/** Formats of an export; also a type that the OpenAPI document can name. */
export class ExportQueryDto {
  /** Makes a file of all agents; the same as `export` in the body. */
  @IsOptional()
  @IsIn(EXPORT_FORMATS)
  export?: ExportFormat;
}

/** What a population is made from, and what is to be done with it. */
export class PopulateDto {
  /** Filters gender; `unspecified` filters nothing and gives a mixed population. */
  @IsIn(GENDERS)
  gender!: Gender;

  /** How many agents. @example 1000 */
  @Max(MAX_COUNT)
  @Min(1)
  @IsInt()
  count!: number;

  /** ISO 3166-1 alpha-2. @example MX */
  @Length(1, 60)
  @IsString()
  country!: string;

  /** A city of the country; without it, its cities by their populations. @example Mexico City */
  @IsOptional()
  @Length(1, MAX_CITY_LENGTH)
  @IsString()
  city?: string;

  /** Youngest and oldest, both included, in years from 13 to 90. @example [18, 25] */
  @ApiProperty({ type: [Number], minItems: 2, maxItems: 2, required: false })
  @IsOptional()
  @Max(MAX_AGE, { each: true })
  @Min(MIN_AGE, { each: true })
  @IsInt({ each: true })
  @ArrayMaxSize(2)
  @ArrayMinSize(2)
  @IsArray()
  age_range?: [number, number];

  /** At the core of every agent's interests; up to 60 characters each. @example ["street art", "urban culture"] */
  @IsOptional()
  @IsString({ each: true })
  @ArrayMaxSize(MAX_INTERESTS)
  @ArrayMinSize(1)
  @IsArray()
  interests?: string[];

  /** The same seed gives the same agents; without it the configured or a generated one, which the answer tells. @example "20241005" */
  @IsOptional()
  @MaxLength(MAX_SEED_LENGTH)
  @IsString()
  seed?: string;

  /** Shows the first so many agents in the answer. @example 10 */
  @IsOptional()
  @Min(1)
  @IsInt()
  preview?: number;

  /** Stores all agents; the answer tells the job that does it. */
  @IsOptional()
  @IsBoolean()
  persist?: boolean;

  /** Makes a file of all agents; the answer tells the job that does it. */
  @IsOptional()
  @IsIn(EXPORT_FORMATS)
  export?: ExportFormat;
}
