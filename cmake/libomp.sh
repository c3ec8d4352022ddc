#!/usr/bin/env bash
# Builds LLVM's OpenMP runtime into a folder, for the macOS that MACOSX_DEPLOYMENT_TARGET names; bottled ones ask for newer.
#
#     bash cmake/libomp.sh PREFIX
set -euo pipefail

prefix=$1
version=21.1.8
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

unpack() {  # part of LLVM, SHA-256
  curl -fsSLO "https://github.com/llvm/llvm-project/releases/download/llvmorg-$version/$1-$version.src.tar.xz"
  echo "$2  $1-$version.src.tar.xz" | shasum -a 256 -c
  tar -xf "$1-$version.src.tar.xz"
  mv "$1-$version.src" "$1"
}
unpack openmp 856b023748b41ac7b2c83fd8e9f765ff48a4df2fe6777d2811ef7c7ed8f2f977
unpack cmake 85735f20fd8c81ecb0a09abb0c267018475420e93b65050cc5b7634eab744de9

cmake -S openmp -B build -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$prefix" \
  -DCMAKE_OSX_DEPLOYMENT_TARGET="$MACOSX_DEPLOYMENT_TARGET" -DLIBOMP_OMPT_SUPPORT=OFF
cmake --build build --parallel
cmake --install build
install_name_tool -id "$prefix/lib/libomp.dylib" "$prefix/lib/libomp.dylib"  # where delocate finds it
