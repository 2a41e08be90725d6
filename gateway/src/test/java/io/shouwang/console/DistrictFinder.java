package io.shouwang.console;

import io.shouwang.model.Finder;
import io.shouwang.registry.TestRegistry;
import java.util.Map;

/** Searches the small district: its people as a registry has them. */
final class DistrictFinder {
  static final Finder FINDER =
      TestRegistry.of(
              Map.of(
                  "areas.csv",
                  """
                  id,name,parent,level
                  city,云锦市,,city
                  east,东区,city,county
                  west,西区,city,county
                  grid-1,幸福里第一网格,east,grid
                  """,
                  "homes.csv",
                  """
                  id,address,area,phone,access
                  h-001,东区幸福里 3 幢 201 室,grid-1,0513-85000001,钥匙盒在门左侧
                  h-002,西区平安路 8 号,west,0513-85000002,
                  """,
                  "elders.csv",
                  """
                  id,home,name,birth_year,phone,category,ability
                  e-001,h-001,王秀英,1941,,living_alone,partly_dependent
                  e-002,h-001,王德福,,,,
                  e-003,h-002,赵桂兰,1938,,over_80,able
                  """,
                  "devices.csv",
                  """
                  id,type,home,elder,hub
                  sos-1,button,h-001,e-001,
                  band-1,bracelet,h-001,e-001,
                  band-2,bracelet,h-001,e-002,
                  smoke-1,smoke,h-001,,
                  hub-1,hub,h-001,,
                  child-1,button,h-001,e-001,hub-1
                  sos-2,button,h-002,e-003,
                  """,
                  "operators.csv",
                  "id,name,roles,area\n",
                  "responders.csv",
                  """
                  id,name,phone,language
                  daughter,王小燕,13800000001,zh
                  worker,李建国,13800000002,zh
                  desk,东区值班台,12349,zh
                  son,赵强,13800000003,zh
                  """,
                  "contacts.csv",
                  """
                  responder,role,relation,elder,home,area
                  daughter,relative,女儿,e-001,,
                  son,relative,儿子,e-003,,
                  worker,grid_worker,,,,grid-1
                  desk,duty_desk,,,,city
                  """))
          .finder();

  private DistrictFinder() {}
}
