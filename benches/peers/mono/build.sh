#!/usr/bin/env bash
# Makes the Mono peer's site in the folder FOLDER: `build.sh FOLDER`.
set -euo pipefail
sources=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "$1/bin" "$1/Services2"
mcs -optimize+ -target:library -out:"$1/bin/Peer.dll" -r:System.Web,System.Web.Services,System.Data,Mono.Data.Sqlite "$sources/Peer.cs"
echo '<%@ WebService Language="C#" Class="Peer, Peer" %>' >"$1/Services2/svcOrganization.asmx"
echo '<configuration><system.web><compilation debug="false" /><sessionState mode="Off" /></system.web></configuration>' >"$1/web.config"
