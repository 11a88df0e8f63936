import { IsString, Length } from 'class-validator';

export class LoginDto {
  /** @example admin */
  @Length(1, 100)
  @IsString()
  username!: string;

  @Length(1, 200)
  @IsString()
  password!: string;
}

/** A pair of tokens: the access token goes into `Authorization: Bearer …`, the refresh token to `/auth/refresh` only. */
export class TokensDto {
  access_token!: string;
  refresh_token!: string;
  token_type!: 'Bearer';

  /** Life of the access token, in seconds. */
  expires_in!: number;
}
