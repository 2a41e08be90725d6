package io.shouwang.model;

/** A place on earth, in degrees, WGS-84. */
public record Point(double lat, double lon) {}
