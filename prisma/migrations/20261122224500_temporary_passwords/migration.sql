-- AlterTable
ALTER TABLE "User" ADD COLUMN     "passwordIsTemporary" BOOLEAN NOT NULL DEFAULT false;
