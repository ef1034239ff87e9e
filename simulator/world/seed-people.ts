import type { Person } from '@/simulator/world/world'

type SeedPerson = Pick<Person, 'wxid' | 'nickname'> & Partial<Person>

/** Accounts that the phone page offers for a web login. */
export const seedAccounts: SeedPerson[] = [
  {
    wxid: 'wxid_weimi000001',
    nickname: '微米助手',
    alias: 'weimi_helper',
    sex: 2,
    province: '广东',
    city: '深圳',
    signature: '有问题随时找我',
  },
  {
    wxid: 'wxid_yunkefu00002',
    nickname: '云商城客服',
    alias: 'yun_kefu',
    sex: 2,
    province: '浙江',
    city: '杭州',
    signature: '工作日 9:00–18:00',
  },
  { wxid: 'wxid_xiaowei00003', nickname: '小微🌿', sex: 1, province: '上海', city: '浦东新区' },
  { wxid: 'wxid_dingdan00004', nickname: '订单通知', province: '北京', city: '海淀' },
  { wxid: 'wxid_huodong00005', nickname: '活动小助手🎉', sex: 2, province: '四川', city: '成都' },
  { wxid: 'wxid_xinhao000006', nickname: '新注册的号', webLogin: 'refused', signature: '网页登录会被拒绝（1203）' },
]

/** People who only use their phones. */
export const seedPeople: SeedPerson[] = [
  { wxid: 'wxid_wangfang0101', nickname: '王芳', sex: 2, province: '广东', city: '广州' },
  { wxid: 'wxid_liwei0000102', nickname: '李伟', sex: 1, province: '山东', city: '青岛' },
  { wxid: 'wxid_zhangmin0103', nickname: '张敏🌸', sex: 2, province: '江苏', city: '南京' },
  { wxid: 'wxid_liujun000104', nickname: '刘军', sex: 1, province: '湖北', city: '武汉' },
  { wxid: 'wxid_chenjing0105', nickname: '陈静', sex: 2, province: '福建', city: '厦门', signature: '慢慢来，比较快' },
  { wxid: 'wxid_yangyang0106', nickname: '杨洋', sex: 1, province: '河南', city: '郑州' },
  { wxid: 'wxid_zhaolei00107', nickname: '赵磊', sex: 1, province: '陕西', city: '西安' },
  { wxid: 'wxid_huangli00108', nickname: '黄丽', sex: 2, province: '湖南', city: '长沙' },
  { wxid: 'wxid_zhouqiang109', nickname: '周强🚲', sex: 1, province: '重庆', city: '渝北' },
  { wxid: 'wxid_wuxiuying110', nickname: '吴秀英', sex: 2, province: '安徽', city: '合肥' },
  { wxid: 'wxid_xupeng000111', nickname: '徐鹏', sex: 1, province: '辽宁', city: '大连' },
  { wxid: 'wxid_sunna0000112', nickname: '孙娜', sex: 2, province: '天津', city: '南开' },
  { wxid: 'wxid_machao000113', nickname: '马超', sex: 1, province: '甘肃', city: '兰州' },
  { wxid: 'wxid_zhuling00114', nickname: '朱玲☀️', sex: 2, province: '浙江', city: '宁波' },
  { wxid: 'wxid_hubin0000115', nickname: '胡斌', sex: 1, province: '江西', city: '南昌' },
  { wxid: 'wxid_guoyan000116', nickname: '郭燕', sex: 2, province: '河北', city: '石家庄' },
  { wxid: 'wxid_heping000117', nickname: '何平', sex: 1, province: '广西', city: '桂林' },
  { wxid: 'wxid_linxia000118', nickname: '林夏', sex: 2, province: '福建', city: '福州', alias: 'linxia_99' },
  { wxid: 'wxid_gaofei000119', nickname: '高飞', sex: 1, province: '黑龙江', city: '哈尔滨' },
  { wxid: 'wxid_luodan000120', nickname: '罗丹', sex: 2, province: '云南', city: '昆明' },
  { wxid: 'wxid_liangbo00121', nickname: '梁博 Bob', sex: 1, province: '广东', city: '佛山' },
  { wxid: 'wxid_songjia00122', nickname: '宋佳', sex: 2, province: '吉林', city: '长春' },
  {
    wxid: 'wxid_tangyu000123',
    nickname: '唐宇<开发>',
    sex: 1,
    province: '北京',
    city: '朝阳',
    signature: 'a < b && b > c',
  },
  { wxid: 'wxid_fengmei00124', nickname: '冯梅', sex: 2, province: '贵州', city: '贵阳' },
  { wxid: 'wxid_wangfang0125', nickname: '王芳', sex: 2, province: '山西', city: '太原', signature: '另一个王芳' },
  { wxid: 'wxid_denglu000126', nickname: '邓璐', sex: 2, province: '海南', city: '三亚' },
]
